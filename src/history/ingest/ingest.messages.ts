import { defineMessages } from "../../platform/i18n/messages.js";

/** Of the values of a record. */
defineMessages({
  RECORD_KIND_EXPECTED: {
    en: "A record is an object with one field that says its kind: {accepted}.",
    fr: "Un enregistrement est un objet avec un seul champ, qui dit son genre : {accepted}.",
    es: "Un registro es un objeto con un solo campo, que dice su clase: {accepted}.",
  },
  RECORD_OBJECT_EXPECTED: {
    en: "An object is expected here.",
    fr: "Un objet est attendu ici.",
    es: "Aquí se espera un objeto.",
  },
  RECORD_FIELD_UNKNOWN: {
    en: "There is a field that is not known here. Known are: {known}.",
    fr: "Il y a un champ inconnu ici. Champs connus : {known}.",
    es: "Hay un campo que no se conoce aquí. Se conocen: {known}.",
  },
  RECORD_TEXT_EXPECTED: {
    en: "A text is expected here, in quotes.",
    fr: "Un texte entre guillemets est attendu ici.",
    es: "Aquí se espera un texto entre comillas.",
  },
  RECORD_DAY_EXPECTED: {
    en: "A day is expected here, such as 2026-01-31.",
    fr: "Un jour est attendu ici, comme 2026-01-31.",
    es: "Aquí se espera un día, como 2026-01-31.",
  },
  RECORD_INSTANT_EXPECTED: {
    en: "An instant with its offset is expected here, such as 2026-01-31T19:30:00+01:00.",
    fr: "Un instant avec son décalage est attendu ici, comme 2026-01-31T19:30:00+01:00.",
    es: "Aquí se espera un instante con su desfase, como 2026-01-31T19:30:00+01:00.",
  },
  RECORD_AMOUNT_EXPECTED: {
    en: 'An amount is expected here, as text with at most two decimals, such as "120.50".',
    fr: "Un montant est attendu ici, en texte avec deux décimales au plus, comme « 120.50 ».",
    es: "Aquí se espera un importe, como texto con dos decimales como máximo, por ejemplo «120.50».",
  },
  RECORD_NUMBER_EXPECTED: {
    en: "A whole number from {from} to {to} is expected here.",
    fr: "Un nombre entier de {from} à {to} est attendu ici.",
    es: "Aquí se espera un número entero de {from} a {to}.",
  },
  RECORD_FLAG_EXPECTED: {
    en: "true or false is expected here.",
    fr: "true ou false est attendu ici.",
    es: "Aquí se espera true o false.",
  },
  RECORD_CURRENCY_EXPECTED: {
    en: "A currency is expected here, as its ISO 4217 code, such as CHF.",
    fr: "Une monnaie est attendue ici, par son code ISO 4217, comme CHF.",
    es: "Aquí se espera una moneda, con su código ISO 4217, como EUR.",
  },
  RECORD_COUNTRY_EXPECTED: {
    en: "A country is expected here, as its ISO 3166-1 code, such as CH.",
    fr: "Un pays est attendu ici, par son code ISO 3166-1, comme CH.",
    es: "Aquí se espera un país, con su código ISO 3166-1, como ES.",
  },
  RECORD_IP_EXPECTED: {
    en: "An IPv4 or IPv6 address is expected here.",
    fr: "Une adresse IPv4 ou IPv6 est attendue ici.",
    es: "Aquí se espera una dirección IPv4 o IPv6.",
  },
  RECORD_LIST_EXPECTED: {
    en: "A list is expected here.",
    fr: "Une liste est attendue ici.",
    es: "Aquí se espera una lista.",
  },
  RECORD_LIST_TOO_LONG: {
    en: "The list has more than {maximum} items.",
    fr: "La liste a plus de {maximum} éléments.",
    es: "La lista tiene más de {maximum} elementos.",
  },
  RECORD_CONTACT_EXPECTED: {
    en: "A contact is named by contactId or by contactNumber, by one of them.",
    fr: "Un contact est désigné par contactId ou par contactNumber, par un seul des deux.",
    es: "Un contacto se indica con contactId o con contactNumber, con uno solo de los dos.",
  },
  RECORD_PERIOD_REVERSED: {
    en: "It ends before it begins.",
    fr: "La fin précède le début.",
    es: "Termina antes de empezar.",
  },
  RECORD_NUMBER_REPEATED: {
    en: "An earlier item of the list has the same number. Give each its own.",
    fr: "Un élément précédent de la liste a le même numéro. Donnez à chacun le sien.",
    es: "Un elemento anterior de la lista tiene el mismo número. Dé a cada uno el suyo.",
  },
  PRODUCT_HAS_NO_PARTS: {
    en: "Only passes, season tickets and memberships are made of other products.",
    fr: "Seuls les pass, abonnements et adhésions sont composés d'autres produits.",
    es: "Solo los pases, abonos y membresías se componen de otros productos.",
  },
});

/** Of a file and its lines. */
defineMessages({
  FILE_BROKEN: {
    en: "The packed file is damaged. Pack it again.",
    fr: "Le fichier compressé est endommagé. Compressez-le de nouveau.",
    es: "El archivo comprimido está dañado. Comprímalo de nuevo.",
  },
  ZIP_NOT_SINGLE_FILE: {
    en: "The zip has to hold one file of records (.jsonl, .ndjson, .json or .txt) and nothing else, without a password.",
    fr: "Le zip doit contenir un seul fichier d'enregistrements (.jsonl, .ndjson, .json ou .txt), sans rien d'autre ni mot de passe.",
    es: "El zip debe contener un solo archivo de registros (.jsonl, .ndjson, .json o .txt), sin nada más ni contraseña.",
  },
  RECORD_NOT_JSON: {
    en: "The line is not JSON. Write each record as JSON in one line.",
    fr: "La ligne n'est pas du JSON. Écrivez chaque enregistrement en JSON sur une ligne.",
    es: "La línea no es JSON. Escriba cada registro en JSON en una línea.",
  },
  RECORD_NOT_UTF8: {
    en: "The line is not UTF-8. Write the file in UTF-8.",
    fr: "La ligne n'est pas en UTF-8. Écrivez le fichier en UTF-8.",
    es: "La línea no está en UTF-8. Escriba el archivo en UTF-8.",
  },
  RECORD_TOO_LONG: {
    en: "The line is longer than {maximum} bytes.",
    fr: "La ligne dépasse {maximum} octets.",
    es: "La línea tiene más de {maximum} bytes.",
  },
  INGEST_NOT_PERMITTED: {
    en: "Whoever started the delivery may not deliver histories any more.",
    fr: "Celui qui a lancé la livraison n'a plus le droit de livrer des historiques.",
    es: "Quien inició la entrega ya no puede entregar historiales.",
  },
  INGEST_INTERRUPTED: {
    en: "The delivery was interrupted several times at the same place. Tell your administrator.",
    fr: "La livraison a été interrompue plusieurs fois au même endroit. Prévenez votre administrateur.",
    es: "La entrega se interrumpió varias veces en el mismo lugar. Avise a su administrador.",
  },
  INGEST_NOT_FOUND: {
    en: "No delivery has this id.",
    fr: "Aucune livraison n'a cet identifiant.",
    es: "Ninguna entrega tiene este identificador.",
  },
  INGEST_HAS_ENDED: {
    en: "The delivery has already ended.",
    fr: "La livraison est déjà terminée.",
    es: "La entrega ya terminó.",
  },
});

/** Of what a record names. */
defineMessages({
  ORGANIZATION_NOT_YOURS: {
    en: "You do not act for this organization. Deliver its records with its own access.",
    fr: "Vous n'agissez pas pour cet organisme. Livrez ses enregistrements avec son propre accès.",
    es: "Usted no actúa para este organismo. Entregue sus registros con su propio acceso.",
  },
  UNKNOWN_CONTACT: {
    en: "No contact has this id or number. Create it, then deliver the record again.",
    fr: "Aucun contact n'a cet identifiant ou ce numéro. Créez-le, puis livrez l'enregistrement de nouveau.",
    es: "Ningún contacto tiene este identificador o número. Créelo y vuelva a entregar el registro.",
  },
  UNKNOWN_SEASON: {
    en: "The organization has no season with this code. Deliver it first.",
    fr: "L'organisme n'a pas de saison avec ce code. Livrez-la d'abord.",
    es: "El organismo no tiene temporada con este código. Entréguela primero.",
  },
  UNKNOWN_PRODUCT: {
    en: "The organization has no product with this code. Deliver it first.",
    fr: "L'organisme n'a pas de produit avec ce code. Livrez-le d'abord.",
    es: "El organismo no tiene producto con este código. Entréguelo primero.",
  },
  UNKNOWN_ORDER: {
    en: "The organization has no order with this number. Deliver it first.",
    fr: "L'organisme n'a pas de commande avec ce numéro. Livrez-la d'abord.",
    es: "El organismo no tiene pedido con este número. Entréguelo primero.",
  },
  PART_NOT_POSSIBLE: {
    en: "This product is itself a pass, season ticket or membership. Name its performances.",
    fr: "Ce produit est lui-même un pass, un abonnement ou une adhésion. Indiquez ses représentations.",
    es: "Este producto es en sí un pase, un abono o una membresía. Indique sus funciones.",
  },
  PURCHASE_REFUSED_BLOCKED: {
    en: "The contact was blocked when this was bought: blocked contacts buy nothing, in any organization.",
    fr: "Le contact était bloqué lors de cet achat : un contact bloqué n'achète rien, dans aucun organisme.",
    es: "El contacto estaba bloqueado en esta compra: un contacto bloqueado no compra nada, en ningún organismo.",
  },
  PURCHASE_REFUSED_INVALID: {
    en: "The contact was not valid any more when this was bought.",
    fr: "Le contact n'était plus valide lors de cet achat.",
    es: "El contacto ya no era válido en esta compra.",
  },
  PURCHASE_REFUSED_ANONYMIZED: {
    en: "The contact had been anonymized when this was bought. Use the person's new contact.",
    fr: "Le contact avait été anonymisé lors de cet achat. Utilisez le nouveau contact de la personne.",
    es: "El contacto había sido anonimizado en esta compra. Use el nuevo contacto de la persona.",
  },
  RECORD_ERASED: {
    en: "This record went with its contact, who was erased, and is not kept again.",
    fr: "Cet enregistrement est parti avec son contact, qui a été effacé, et n'est plus conservé.",
    es: "Este registro se fue con su contacto, que fue borrado, y no se vuelve a guardar.",
  },
  RECORD_CONTACT_ANONYMIZED: {
    en: "The contact was anonymized: nothing of this kind is kept of it any more.",
    fr: "Le contact a été anonymisé : plus rien de ce genre n'est conservé de lui.",
    es: "El contacto fue anonimizado: ya no se conserva nada de esta clase de él.",
  },
  RECORD_STALE: {
    en: "A newer version of the record is there, or came with it. This one changes nothing.",
    fr: "Une version plus récente de l'enregistrement est là, ou est venue avec. Celle-ci ne change rien.",
    es: "Hay una versión más reciente del registro, o vino con él. Esta no cambia nada.",
  },
});
