import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  POSSIBLE_DUPLICATE: {
    en: "This contact may exist already: see `possibleDuplicates`. To create it all the same, send it again with `createDespiteDuplicates`.",
    fr: "Ce contact existe peut-être déjà : voir `possibleDuplicates`. Pour le créer quand même, renvoyez-le avec `createDespiteDuplicates`.",
    es: "Es posible que este contacto ya exista: vea `possibleDuplicates`. Para crearlo de todos modos, envíelo otra vez con `createDespiteDuplicates`.",
  },
});
