import { defineMessages } from "./i18n/messages.js";

defineMessages({
  IDEMPOTENCY_KEY_INVALID: {
    en: "An idempotency key is 1 to {longest} characters, none of them a control character.",
    fr: "Une clé d’idempotence compte de 1 à {longest} caractères, sans caractère de contrôle.",
    es: "Una clave de idempotencia tiene de 1 a {longest} caracteres, ninguno de control.",
  },
  IDEMPOTENCY_KEY_REUSED: {
    en: "This idempotency key was already used with another input. Use a new key for a new change.",
    fr: "Cette clé d’idempotence a déjà servi avec d’autres données. Utilisez une nouvelle clé pour une nouvelle modification.",
    es: "Esta clave de idempotencia ya se usó con otros datos. Use una clave nueva para un cambio nuevo.",
  },
});
