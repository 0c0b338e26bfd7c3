import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  CAMPAIGN_NOT_FOUND: {
    en: "There is no campaign with this id.",
    fr: "Aucune campagne ne porte cet id.",
    es: "Ninguna campaña tiene este id.",
  },
  CAMPAIGN_ALREADY_SENT: {
    en: "The campaign was run already. Make a new one.",
    fr: "La campagne a déjà été lancée. Créez-en une nouvelle.",
    es: "La campaña ya se ejecutó. Cree una nueva.",
  },
  CAMPAIGN_CANCELLED: {
    en: "The campaign was cancelled. Make a new one.",
    fr: "La campagne a été annulée. Créez-en une nouvelle.",
    es: "La campaña se canceló. Cree una nueva.",
  },
  CAMPAIGN_SCHEDULED: {
    en: "The campaign waits for its time. Take it off the schedule first.",
    fr: "La campagne est programmée. Retirez-la d’abord du calendrier.",
    es: "La campaña está programada. Quítela primero de la programación.",
  },
  CAMPAIGN_TYPE_LOCKED: {
    en: "The type of a campaign that was previewed does not change any more. Make a new campaign.",
    fr: "Le type d’une campagne déjà prévisualisée ne change plus. Créez une nouvelle campagne.",
    es: "El tipo de una campaña ya previsualizada no cambia más. Cree una campaña nueva.",
  },
  AUTHORIZATION_NOT_FOR_CAMPAIGNS: {
    en: "A campaign asks besides for PARTNER_COMMUNICATION or THIRD_PARTY_TRANSFER only; its channel and type ask for the others.",
    fr: "Une campagne ne demande en plus que PARTNER_COMMUNICATION ou THIRD_PARTY_TRANSFER ; son canal et son type demandent les autres.",
    es: "Una campaña solo pide además PARTNER_COMMUNICATION o THIRD_PARTY_TRANSFER; su canal y su tipo piden las demás.",
  },
  PURCHASE_NOT_APPLICABLE: {
    en: "Only purchase information names orders and products.",
    fr: "Seules les informations sur un achat nomment des commandes et des produits.",
    es: "Solo la información sobre una compra nombra pedidos y productos.",
  },
  PURCHASE_NOT_NAMED: {
    en: "Purchase information names no order or product: say which one it is about.",
    fr: "L’information sur un achat ne nomme ni commande ni produit : dites lesquels.",
    es: "La información sobre una compra no nombra ningún pedido ni producto: diga cuáles.",
  },
  PURCHASE_NOT_FOUND: {
    en: "There is no order or product with this id.",
    fr: "Aucune commande et aucun produit ne porte cet id.",
    es: "Ningún pedido ni producto tiene este id.",
  },
  SCHEDULE_IN_PAST: {
    en: "This time has passed. Name one in the future, or run the campaign at once.",
    fr: "Ce moment est passé. Indiquez-en un à venir, ou lancez la campagne tout de suite.",
    es: "Ese momento ya pasó. Indique uno futuro o ejecute la campaña ahora.",
  },
  CAMPAIGN_OWNER_NOT_PERMITTED: {
    en: "The owner of the campaign may not send campaigns any more. Whoever sets its targets owns it.",
    fr: "Le propriétaire de la campagne n’a plus le droit d’en envoyer. Qui définit ses cibles en devient propriétaire.",
    es: "El propietario de la campaña ya no puede enviar campañas. Quien define sus objetivos pasa a ser su propietario.",
  },
  CAMPAIGN_TARGET_NOT_ASKABLE: {
    en: "The owner of the campaign may not ask one of its targets any more ({reason}). Change the target, or let somebody set the targets who may.",
    fr: "Le propriétaire de la campagne n’a plus le droit d’interroger une de ses cibles ({reason}). Modifiez la cible, ou faites définir les cibles par qui en a le droit.",
    es: "El propietario de la campaña ya no puede consultar uno de sus objetivos ({reason}). Cambie el objetivo, o que los defina alguien que pueda.",
  },
  CAMPAIGN_RUN_INTERRUPTED: {
    en: "The run was interrupted too many times without getting on. Run the campaign again.",
    fr: "L’envoi a été interrompu trop souvent sans avancer. Relancez la campagne.",
    es: "El envío se interrumpió demasiadas veces sin avanzar. Ejecute de nuevo la campaña.",
  },
  CONTACT_ALREADY_TARGETED: {
    en: "A target of the campaign has this contact already. He receives it once.",
    fr: "Une cible de la campagne contient déjà ce contact. Il la reçoit une seule fois.",
    es: "Un objetivo de la campaña ya contiene a este contacto. La recibe una sola vez.",
  },
  RECIPIENTS_WITHOUT_PURCHASE: {
    en: "Some who would receive this information have none of what it is about. Nobody is held back for that.",
    fr: "Certains destinataires de cette information n’ont rien de ce dont elle traite. Personne n’est écarté pour cela.",
    es: "Algunos destinatarios de esta información no tienen nada de lo que trata. Nadie queda excluido por ello.",
  },
});
