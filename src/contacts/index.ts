import "./contact.messages.js";
import { buildSubgraph } from "../platform/graphql/subgraph-schema.js";
import type { SubgraphModule } from "../platform/module.js";
import { AccountResolver } from "./accounts/index.js";
import { AliasResolver } from "./aliases/index.js";
import { AliasRemovalResolver } from "./aliases/removals/index.js";
import { BlockingResolver } from "./blocking/index.js";
import { CommunityResolver, ContactCommunityResolver } from "./communities/index.js";
import { ConnectionResolver, LinkedResolver } from "./connections/index.js";
import { contactFields } from "./contact.fields.js";
import { resolveContact } from "./contact.reference.js";
import { ContactResolver } from "./contact.resolver.js";
import { ContactListsResolver } from "./contact-lists.resolver.js";
import { ContactCriteriaResolver, CriterionResolver } from "./criteria/index.js";
import { DuplicateResolver } from "./duplicates/index.js";
import { IdentityResolver } from "./identity/index.js";
import {
  findReportFile,
  findTemplateFile,
  ImportJobResolver,
  ImportRowResolver,
  ImportTemplateResolver,
  reportPath,
  templatePath,
} from "./import/index.js";
import { MailResolver } from "./mails/mail.resolver.js";
import { MenuResolver } from "./menu/menu.resolver.js";
import { NodeResolver } from "./node.resolver.js";
import { NoteResolver } from "./notes/index.js";
import { NoticeResolver } from "./notices/notice.resolver.js";
import { Order } from "./order.type.js";
import { PointOfSaleResolver, PrivacySettingsResolver } from "./points-of-sale/index.js";
import { SearchResolver } from "./search/search.resolver.js";
import { SeatResolver } from "./seats/index.js";
import { resolveContactSummary } from "./summary/summary.reference.js";
import { SummaryResolver } from "./summary/summary.resolver.js";
import { SymbolResolver } from "./symbols/symbol.resolver.js";
import { ViewerResolver } from "./viewer.resolver.js";

export { aliasRemovalFigures } from "./aliases/removals/index.js";
export { type Buyer, lockBuyers, purchaseRefusals, selectBuyerIds } from "./blocking/index.js";
export { privacyMail } from "./communities/index.js";
export { contactAnonymized, contactNotFound, fieldNotAvailable, versionConflict } from "./contact.errors.js";
export { freeTextProblems, isEmail } from "./contact.validation.js";
export { contactsEraser } from "./erasure/index.js";
export { identityKeyRotation } from "./identity/index.js";
export {
  importEndedMail,
  importJobs,
  importRetention,
  importTask,
  importTemplateFailedMail,
  importTemplateMail,
  importTemplatePurge,
  importTemplateTask,
  importUndoneMail,
  importUndoTask,
  removeExpiredFiles,
  selectReportFiles,
  selectTemplateFiles,
} from "./import/index.js";
export { contactsPersonalData } from "./personal-data.js";
export { lockVisibleContacts, type VisibleContactIds } from "./visibility.js";

/** The contact file itself: identity, addresses, roles, connections, search. */
export const contactsModule: SubgraphModule = {
  name: "contacts",
  fields: contactFields,
  downloads: { [templatePath]: findTemplateFile, [reportPath]: findReportFile },
  buildSubgraph: () =>
    buildSubgraph({
      resolvers: [
        AccountResolver,
        CommunityResolver,
        ConnectionResolver,
        AliasRemovalResolver,
        AliasResolver,
        BlockingResolver,
        ContactCommunityResolver,
        ContactResolver,
        ContactListsResolver,
        ContactCriteriaResolver,
        CriterionResolver,
        IdentityResolver,
        ImportJobResolver,
        ImportRowResolver,
        ImportTemplateResolver,
        LinkedResolver,
        MailResolver,
        MenuResolver,
        NodeResolver,
        NoteResolver,
        PointOfSaleResolver,
        PrivacySettingsResolver,
        NoticeResolver,
        SeatResolver,
        SearchResolver,
        DuplicateResolver,
        SymbolResolver,
        SummaryResolver,
        ViewerResolver,
      ],
      orphanedTypes: [Order],
      references: { Contact: resolveContact, ContactSummary: resolveContactSummary },
    }),
};
