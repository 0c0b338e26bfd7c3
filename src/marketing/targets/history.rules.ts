import { TargetFieldKind as Kind, TargetOperator as Op, TargetScopeKind as Scope } from "./target.enums.js";
import { type RowSource, rule, type SumSource, type TargetRule } from "./target.rules.js";

const indicator = (column: string): RowSource => ({ from: "history.visible_indicator x", column });
const purchases = (aggregate: string, without: 0 | null): SumSource => ({ from: "PURCHASES", aggregate, without });
const attendances = (aggregate: string, without: 0 | null): SumSource => ({ from: "ATTENDANCES", aggregate, without });
const counting = (source: SumSource): SumSource => ({ ...source, isCount: true });

const orders = ["Contact.purchaseHistory", "Order.lines", "Order.operationKind", "Order.state", "OrderLine.product"];
const tickets = [
  "Contact.culturalHistory",
  "Order.operationKind",
  "Order.state",
  "Ticket.product",
  "Product.validityEndDate",
];
const shown = ["Contact.indicators"];

const number = { kind: Kind.NUMBER };
const boolean = { kind: Kind.BOOLEAN };
const yesNo = (column: string) => indicator(`CASE WHEN x.${column} THEN 'TRUE' ELSE 'FALSE' END`);

const indicators: readonly TargetRule[] = [
  rule("indicator.ASSIDUITY", ["Assiduity", "Assiduité", "Asiduidad"], shown, indicator("x.assiduity"), number),
  rule(
    "indicator.ASSIDUITY.level",
    ["Assiduity, level", "Assiduité, niveau", "Asiduidad, nivel"],
    shown,
    indicator("x.assiduity_level"),
    {
      values: ["INACTIVE", "OCCASIONAL", "REGULAR", "CONSTANT"],
    },
  ),
  rule(
    "indicator.CHILDREN_PRODUCT",
    ["Children's product", "Produit enfant", "Producto infantil"],
    shown,
    yesNo("has_children_product"),
    boolean,
  ),
  rule("indicator.MEMBERSHIP", ["Member", "Adhérent", "Miembro"], shown, yesNo("is_member"), boolean),
  rule(
    "indicator.SEASON_TICKET_HOLDER",
    ["Season-ticket holder", "Abonné", "Abonado"],
    shown,
    yesNo("is_season_ticket_holder"),
    boolean,
  ),
  rule("indicator.SML", ["SML", "PMG", "PMG"], shown, indicator("x.sml_level"), {
    values: ["SMALL", "MEDIUM", "LARGE"],
  }),
  rule(
    "indicator.SENIORITY",
    ["Seniority in years", "Ancienneté en années", "Antigüedad en años"],
    shown,
    indicator("x.seniority_years"),
    number,
  ),
  // what a contact owes on one account, negative what he is owed; who owes nothing anywhere has none
  rule(
    "indicator.BALANCE",
    ["Balance of an open account", "Solde d'un compte ouvert", "Saldo de una cuenta abierta"],
    ["Contact.balances"],
    { from: "history.visible_balance x", column: "x.amount" },
    { ...number, operators: [Op.AT_LEAST, Op.AT_MOST, Op.BETWEEN, Op.IS_SET, Op.IS_NOT_SET] },
  ),
];

const purchase: readonly TargetRule[] = [
  rule(
    "purchase.count",
    ["Number of orders", "Nombre de commandes", "Número de pedidos"],
    orders,
    counting(purchases("count(DISTINCT x.order_id)", 0)),
    {
      ...number,
      scope: Scope.PURCHASE,
    },
  ),
  rule(
    "purchase.amount",
    ["Amount bought", "Montant acheté", "Importe comprado"],
    [...orders, "OrderLine.amount", "Order.currency"],
    { ...purchases("sum(x.amount)", 0), asksLines: true },
    { ...number, scope: Scope.PURCHASE },
  ),
  rule(
    "purchase.lastDay",
    ["Last order on", "Dernière commande le", "Último pedido el"],
    orders,
    purchases("(max(x.ordered_at) AT TIME ZONE :zone:)::date", null),
    {
      kind: Kind.DATE,
      scope: Scope.PURCHASE,
    },
  ),
  rule(
    "attendance.count",
    ["Number of tickets", "Nombre de billets", "Número de entradas"],
    tickets,
    counting(attendances("count(*)", 0)),
    {
      ...number,
      scope: Scope.ATTENDANCE,
    },
  ),
  rule(
    "attendance.lastDay",
    ["Attends last on", "Dernière venue le", "Última asistencia el"],
    tickets,
    attendances("max(x.product_day)", null),
    {
      kind: Kind.DATE,
      scope: Scope.ATTENDANCE,
    },
  ),
];

const retention: readonly TargetRule[] = [
  rule(
    "gdprRecency.month",
    ["GDPR recency, month (yyyymm)", "Récence RGPD, mois (aaaamm)", "Recencia RGPD, mes (aaaamm)"],
    ["Contact.gdprRecencyMonth"],
    { from: "privacy.targetable_recency x", column: "x.month" },
    number,
  ),
];

/** What targets ask of the histories, and of what follows from them. */
export const historyRules: readonly TargetRule[] = [...indicators, ...purchase, ...retention];
