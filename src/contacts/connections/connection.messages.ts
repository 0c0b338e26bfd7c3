import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  CONNECTION_NOT_FOUND: {
    en: "There is no such connection.",
    fr: "Cette relation n'existe pas.",
    es: "Esta relación no existe.",
  },
  CONNECTION_EXISTS: {
    en: "The two contacts are already connected.",
    fr: "Les deux contacts sont déjà reliés.",
    es: "Los dos contactos ya están relacionados.",
  },
  CONNECTION_TO_ITSELF: {
    en: "A contact cannot be connected to itself.",
    fr: "Un contact ne peut pas être relié à lui-même.",
    es: "Un contacto no puede relacionarse consigo mismo.",
  },
  CONNECTION_NOT_APPLICABLE: {
    en: "This connection does not exist for this type of contact: relays and members are individuals of a structure, and a subsidiary is of its parent's type.",
    fr: "Cette relation n'existe pas pour ce type de contact : les relais et les membres sont des individus d'une structure, et une filiale est du même type que son parent.",
    es: "Esta relación no existe para este tipo de contacto: los relevos y los miembros son individuos de una estructura, y una filial es del mismo tipo que su matriz.",
  },
  CONNECTION_CYCLE: {
    en: "The parent is itself a subsidiary of this contact.",
    fr: "Le parent est lui-même une filiale de ce contact.",
    es: "La matriz es a su vez filial de este contacto.",
  },
  CONNECTION_CHAIN_HIDDEN: {
    en: "The parents above this contact cannot all be checked with your rights. Ask somebody with a higher clearance.",
    fr: "Vos droits ne permettent pas de vérifier tous les parents de ce contact. Demandez à une personne mieux habilitée.",
    es: "Sus derechos no permiten comprobar todas las matrices de este contacto. Pida ayuda a alguien con más habilitación.",
  },
  RELAY_HAS_STRUCTURE: {
    en: "A relay has exactly one structure, and this contact is a relay already. Create another contact for another structure.",
    fr: "Un relais a exactement une structure, et ce contact est déjà relais. Créez un autre contact pour une autre structure.",
    es: "Un relevo tiene exactamente una estructura, y este contacto ya es relevo. Cree otro contacto para otra estructura.",
  },
  SUBSIDIARY_HAS_PARENT: {
    en: "A subsidiary has exactly one parent, and this contact has one already.",
    fr: "Une filiale a exactement un parent, et ce contact en a déjà un.",
    es: "Una filial tiene exactamente una matriz, y este contacto ya tiene una.",
  },
  RELAY_INVALID: {
    en: "The relay's validity has ended, so it cannot be the primary one.",
    fr: "La validité du relais est terminée : il ne peut pas être le relais principal.",
    es: "La validez del relevo ha terminado: no puede ser el relevo principal.",
  },
  PRIMARY_RELAY_CHANGED: {
    en: "The structure's primary relay has changed: another valid relay is the primary one now, or none is left.",
    fr: "Le relais principal de la structure a changé : un autre relais valable l'est maintenant, ou il n'en reste aucun.",
    es: "El relevo principal de la estructura ha cambiado: ahora lo es otro relevo válido, o no queda ninguno.",
  },
  CONTACT_HAS_HISTORY: {
    en: "The contact has made orders, which would move to the structure. Create another contact for the relay.",
    fr: "Le contact a passé des commandes, qui passeraient à la structure. Créez un autre contact pour le relais.",
    es: "El contacto ha hecho pedidos, que pasarían a la estructura. Cree otro contacto para el relevo.",
  },
  ROLE_NEEDS_CONNECTION: {
    en: "RELAY, MEMBER and SUBSIDIARY come and go with a connection: use addConnection, removeConnection or changeRole.",
    fr: "RELAY, MEMBER et SUBSIDIARY viennent et disparaissent avec une relation : utilisez addConnection, removeConnection ou changeRole.",
    es: "RELAY, MEMBER y SUBSIDIARY vienen y se van con una relación: use addConnection, removeConnection o changeRole.",
  },
  ROLE_CONFLICT: {
    en: "PUBLIC is for contacts with no relation to another contact, so not beside RELAY, MEMBER or SUBSIDIARY.",
    fr: "PUBLIC est pour les contacts sans relation avec un autre contact, donc pas à côté de RELAY, MEMBER ou SUBSIDIARY.",
    es: "PUBLIC es para los contactos sin relación con otro contacto, por lo tanto no junto a RELAY, MEMBER o SUBSIDIARY.",
  },
  ROLE_NOT_APPLICABLE: {
    en: "This role is for individuals only.",
    fr: "Ce rôle est réservé aux individus.",
    es: "Este rol es solo para individuos.",
  },
  ROLE_NOT_HELD: {
    en: "The contact does not have this role.",
    fr: "Le contact n'a pas ce rôle.",
    es: "El contacto no tiene este rol.",
  },
  ROLE_HELD: {
    en: "The contact has this role already.",
    fr: "Le contact a déjà ce rôle.",
    es: "El contacto ya tiene este rol.",
  },
});
