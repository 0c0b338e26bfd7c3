import { defineMessages } from "../../../platform/i18n/messages.js";
import "../../points-of-sale/point-of-sale.messages.js";
import "../import.messages.js";

defineMessages({
  TARGET_REQUIRED: {
    en: "Choose the dynamic target whose contacts the template is for.",
    fr: "Choisissez la cible dynamique dont les contacts figureront dans le modèle.",
    es: "Elija el objetivo dinámico cuyos contactos contendrá la plantilla.",
  },
  TARGET_NOT_EXPECTED: {
    en: "A template of contacts is a header alone. Leave the target out.",
    fr: "Un modèle de contacts n'est qu'un en-tête. Supprimez la cible.",
    es: "Una plantilla de contactos es solo un encabezado. Quite el objetivo.",
  },
  TARGET_NOT_DYNAMIC: {
    en: "A template needs a dynamic target: this one is a list taken at an earlier time.",
    fr: "Un modèle demande une cible dynamique : celle-ci est une liste établie auparavant.",
    es: "Una plantilla necesita un objetivo dinámico: este es una lista tomada anteriormente.",
  },
  TARGET_NOT_AVAILABLE: {
    en: "The target is no longer there for you, or asks for a field that is withheld from you.",
    fr: "La cible ne vous est plus accessible, ou interroge un champ qui vous est masqué.",
    es: "El objetivo ya no le es accesible, o pregunta por un campo que no le es visible.",
  },
  TEMPLATE_INTERRUPTED: {
    en: "Making the template broke off again and again. Tell your administrator.",
    fr: "La génération du modèle s'est interrompue à plusieurs reprises. Informez votre administrateur.",
    es: "La generación de la plantilla se interrumpió una y otra vez. Informe a su administrador.",
  },
});
