/** One query over all four subgraphs (F01). */
export const wholeFile = `
  query WholeFile($id: ID!, $from: DateTime!, $to: DateTime!) {
    contact(id: $id) {
      contactNumber displayName email confidentialityLevel isValid
      addresses { kind town }
      redactions { field requiredClearance requiredPermission }
      authorizations { code value }
      purchaseHistory(first: 5, period: { from: "2026-01-01", to: "2026-12-31" }) {
        totalCount
        nodes { orderNumber total purchaser { displayName } lines { tickets { seat culturalContact { displayName } } } }
      }
      financialHistory(first: 5, period: { from: "2026-01-01", to: "2026-12-31" }) { nodes { amount method } }
      audit(first: 20, from: $from, to: $to) { nodes { field oldValue newValue actor source } }
    }
  }`;
