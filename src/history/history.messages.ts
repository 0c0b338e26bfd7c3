import { defineMessages } from "../platform/i18n/messages.js";

defineMessages({
  PERIOD_REVERSED: {
    en: "The period ends before it begins. `from` must not be later than `to`.",
    fr: "La période se termine avant de commencer. `from` ne doit pas être postérieur à `to`.",
    es: "El período termina antes de empezar. `from` no debe ser posterior a `to`.",
  },
});
