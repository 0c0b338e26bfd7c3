import { defineMessages } from "../platform/i18n/messages.js";

defineMessages({
  FIELD_NOT_WITHHOLDABLE: {
    en: "No field of this name can be withheld.",
    fr: "Aucun champ de ce nom ne peut être masqué.",
    es: "Ningún campo con este nombre se puede ocultar.",
  },
  FIELD_LEVEL_TOO_LOW: {
    en: "This field takes {shippedLevel} at least, as shipped. Its level can only be raised.",
    fr: "Ce champ exige au moins {shippedLevel} à la livraison. Son niveau peut seulement être relevé.",
    es: "Este campo exige como mínimo {shippedLevel} de fábrica. Su nivel solo se puede elevar.",
  },
});
