import { registerEnumType } from "type-graphql";

export enum ImportType {
  CONTACTS = "CONTACTS",
  CRITERIA = "CRITERIA",
  AUTHORIZATIONS = "AUTHORIZATIONS",
}
registerEnumType(ImportType, {
  name: "ImportType",
  description: "What a file brings.",
  valuesConfig: {
    CONTACTS: { description: "Contacts, found by their e-mail address." },
    CRITERIA: { description: "Values of criteria, for contacts found by their id or number." },
    AUTHORIZATIONS: { description: "What contacts authorize, found by their id or number." },
  },
});

export enum ImportMode {
  CHECK = "CHECK",
  UPDATE = "UPDATE",
}
registerEnumType(ImportMode, {
  name: "ImportMode",
  description: "What is done with a file.",
  valuesConfig: {
    CHECK: { description: "Everything but writing: the rows say what would become of them." },
    UPDATE: { description: "Good rows are written, bad ones reported." },
  },
});

export enum ImportOnMatch {
  SKIP = "SKIP",
  UPDATE = "UPDATE",
}
registerEnumType(ImportOnMatch, {
  name: "ImportOnMatch",
  description: "What is done with a row whose contact exists.",
  valuesConfig: {
    SKIP: { description: "Nothing." },
    UPDATE: { description: "The contact is changed: a blank cell keeps, `Empty` clears an optional field." },
  },
});

export enum ImportUndoOutcome {
  UNDONE = "UNDONE",
  KEPT = "KEPT",
}
registerEnumType(ImportUndoOutcome, {
  name: "ImportUndoOutcome",
  description: "What became of a row when its import was undone.",
  valuesConfig: {
    UNDONE: { description: "Its contact is as before the import, as far as the row is concerned." },
    KEPT: { description: "Stays as it is; its problems say why." },
  },
});

export enum ImportOutcome {
  CREATED = "CREATED",
  WOULD_CREATE = "WOULD_CREATE",
  UPDATED = "UPDATED",
  WOULD_UPDATE = "WOULD_UPDATE",
  UNCHANGED = "UNCHANGED",
  SKIPPED = "SKIPPED",
  CONFLICT = "CONFLICT",
  ERROR = "ERROR",
}
registerEnumType(ImportOutcome, {
  name: "ImportOutcome",
  description: "What became of a row.",
  valuesConfig: {
    CREATED: { description: "A contact was created." },
    WOULD_CREATE: { description: "An update would create a contact." },
    UPDATED: { description: "The contact was changed." },
    WOULD_UPDATE: { description: "An update would change the contact." },
    UNCHANGED: { description: "The contact has all that the row says." },
    SKIPPED: { description: "The contact exists, and such rows were to be skipped." },
    CONFLICT: {
      description:
        "The contact is not any more as the row, or the approved plan, takes him to be. Nothing was written.",
    },
    ERROR: { description: "Nothing of the row was written; its problems say why." },
  },
});
