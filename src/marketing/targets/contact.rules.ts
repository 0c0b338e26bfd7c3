import { authorizationCodes } from "../authorizations/authorization.js";
import { TargetFieldKind as Kind } from "./target.enums.js";
import { operatorsOfSeveral, type RowSource, rule, type TargetRule } from "./target.rules.js";

const contact = (column: string): RowSource => ({ from: "contacts.targeted_contact x", column: `x.${column}` });
const address = (column: string): RowSource => ({ from: "contacts.targeted_address x", column: `x.${column}` });
const main = (column: string): RowSource => ({ ...address(column), where: "x.kind = 'MAIN'" });
const marketing = (column: string): RowSource => ({ from: "marketing.contact_marketing x", column });

const normalized = { isNormalized: true };
const several = { operators: operatorsOfSeveral };
const titles = ["MR", "MRS", "MISS", "MR_AND_MRS", "UNDEFINED"];
const roles = ["PUBLIC", "RELAY", "MEMBER", "SUBSIDIARY", "SUPPLIER", "GUIDE", "EXHIBITOR", "PRODUCER", "PARTNER"];
const connections = ["RELAY_OF", "MEMBER_OF", "SUBSIDIARY_OF"];

const identity: readonly TargetRule[] = [
  rule("contact.type", ["Type", "Type", "Tipo"], [], contact("contact_type"), { values: ["INDIVIDUAL", "STRUCTURE"] }),
  rule("contact.number", ["Contact number", "Numéro", "Número"], [], contact("contact_number")),
  rule(
    "contact.referenceCode",
    ["Reference code", "Code de référence", "Código de referencia"],
    ["Contact.referenceCode"],
    contact("reference_code"),
  ),
  rule("contact.title", ["Title", "Civilité", "Tratamiento"], ["Contact.title"], contact("title"), { values: titles }),
  rule(
    "contact.firstName",
    ["First name", "Prénom", "Nombre"],
    ["Contact.firstName"],
    contact("first_name"),
    normalized,
  ),
  rule("contact.lastName", ["Last name", "Nom", "Apellido"], ["Contact.lastName"], contact("last_name"), normalized),
  rule(
    "contact.structureName",
    ["Name of the structure", "Nom de la structure", "Nombre de la estructura"],
    ["Contact.structureName"],
    contact("structure_name"),
    normalized,
  ),
  rule("contact.language", ["Language", "Langue", "Idioma"], ["Contact.language"], contact("language")),
  rule(
    "contact.email",
    ["E-mail address", "E-mail", "Correo electrónico"],
    ["Contact.email"],
    contact("email_key"),
    normalized,
  ),
  rule(
    "contact.emailDomain",
    ["Domain of the e-mail address", "Domaine de l'e-mail", "Dominio del correo"],
    ["Contact.email"],
    contact("email_domain"),
    normalized,
  ),
  rule(
    "contact.birthDate",
    ["Birth date", "Date de naissance", "Fecha de nacimiento"],
    ["Contact.birthDate"],
    contact("birth_date"),
    {
      kind: Kind.DATE,
    },
  ),
  rule(
    "contact.age",
    ["Age in years", "Âge en années", "Edad en años"],
    ["Contact.birthDate"],
    { ...contact("birth_date"), column: "extract(year FROM age(platform.today(), x.birth_date))" },
    { kind: Kind.NUMBER },
  ),
  rule(
    "contact.createdOn",
    ["Created on", "Créé le", "Creado el"],
    ["Contact.createdAt"],
    { ...contact("created_at"), column: "(x.created_at AT TIME ZONE :zone:)::date" },
    { kind: Kind.DATE },
  ),
  rule(
    "contact.isBlocked",
    ["Blocked", "Bloqué", "Bloqueado"],
    ["Contact.isBlocked"],
    { ...contact("is_blocked"), column: "CASE WHEN x.is_blocked THEN 'TRUE' ELSE 'FALSE' END" },
    { kind: Kind.BOOLEAN },
  ),
  rule(
    "contact.role",
    ["Role", "Rôle", "Rol"],
    ["Contact.roles"],
    { from: "contacts.targeted_role x", column: "x.role" },
    { values: [...roles, "CONTRACTOR", "SUPPORT"], ...several },
  ),
  rule(
    "contact.connection",
    ["Has a connection", "A un lien", "Tiene un vínculo"],
    ["Contact.connections"],
    { from: "contacts.targetable_connection x", column: "x.connection_type", where: "x.is_from" },
    { values: connections, ...several },
  ),
  rule(
    "contact.connectionFrom",
    ["Is connected from", "Est lié depuis", "Está vinculado desde"],
    ["Contact.connections"],
    { from: "contacts.targetable_connection x", column: "x.connection_type", where: "NOT x.is_from" },
    { values: connections, ...several },
  ),
];

const place: readonly TargetRule[] = [
  rule(
    "address.country",
    ["Country of an address", "Pays d'une adresse", "País de una dirección"],
    ["Contact.addresses"],
    address("country"),
    several,
  ),
  rule(
    "address.town",
    ["Town of an address", "Localité d'une adresse", "Localidad de una dirección"],
    ["Contact.addresses"],
    address("town_key"),
    normalized,
  ),
  rule(
    "address.postcode",
    ["Post code of an address", "Code postal d'une adresse", "Código postal de una dirección"],
    ["Contact.addresses"],
    address("postcode_key"),
    normalized,
  ),
  rule("mainAddress.country", ["Country", "Pays", "País"], ["Contact.addresses"], main("country")),
  rule("mainAddress.town", ["Town", "Localité", "Localidad"], ["Contact.addresses"], main("town_key"), normalized),
  rule(
    "mainAddress.postcode",
    ["Post code", "Code postal", "Código postal"],
    ["Contact.addresses"],
    main("postcode_key"),
    normalized,
  ),
];

const authorizationLabels: Readonly<Record<string, readonly [string, string, string]>> = {
  INSTITUTION_EMAIL: ["Accepts our e-mails", "Accepte nos e-mails", "Acepta nuestros correos"],
  THIRD_PARTY_TRANSFER: [
    "Accepts transfer to third parties",
    "Accepte la transmission à des tiers",
    "Acepta la cesión a terceros",
  ],
  PARTNER_COMMUNICATION: [
    "Accepts partners' messages",
    "Accepte les messages des partenaires",
    "Acepta mensajes de socios",
  ],
  EMAIL: ["E-mail allowed", "E-mail autorisé", "Correo autorizado"],
  SMS: ["SMS allowed", "SMS autorisé", "SMS autorizado"],
  PHONE: ["Telephone allowed", "Téléphone autorisé", "Teléfono autorizado"],
  LETTER: ["Letter allowed", "Courrier autorisé", "Carta autorizada"],
};

const consent: readonly TargetRule[] = [
  ...authorizationCodes.map((code) =>
    rule(
      `authorization.${code}`,
      authorizationLabels[code]!,
      ["Contact.authorizations"],
      marketing(`CASE x.${code.toLowerCase()} WHEN true THEN 'TRUE' WHEN false THEN 'FALSE' ELSE 'EMPTY' END`),
      { values: ["TRUE", "FALSE", "EMPTY"] },
    ),
  ),
  rule(
    "bounce.status",
    ["Bounce status", "État de rebond", "Estado de rebote"],
    ["Contact.bounceStatus"],
    marketing("(ARRAY['NONE', 'SOFT', 'HARD'])[x.bounce_status + 1]"),
    { values: ["NONE", "SOFT", "HARD"] },
  ),
];

/** What targets ask of contacts themselves and of what they allow. */
export const contactRules: readonly TargetRule[] = [...identity, ...place, ...consent];
