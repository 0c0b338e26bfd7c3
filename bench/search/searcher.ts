import { type Application, startApplication } from "../../src/application.js";
import { SearchContext } from "../../src/contacts/contact.enums.js";
import type { ContactFilter } from "../../src/contacts/search/search.inputs.js";
import { findContacts } from "../../src/contacts/search/search.service.js";
import { tokenVerifier, trustDemo } from "../../src/platform/access/token.js";
import { systemClock } from "../../src/platform/clock.js";
import { loadConfig } from "../../src/platform/config.js";
import { OperationContext } from "../../src/platform/context.js";
import { type Pressure, tailLoop } from "../harness/closed-loop.js";
import { answerCommands } from "../harness/commands.js";
import { type ProductSettings, productEnvironment } from "../harness/product.js";

/** The product's search as its resolver calls it, an operation of its own each time. */
export interface SearcherSettings extends ProductSettings {
  /** An `Authorization` header. */
  readonly authorization: string;
  /** What is searched for, by the name of the case, one after another in turn. */
  readonly filters: Readonly<Record<string, readonly ContactFilter[]>>;
  readonly first: number;
}

if (import.meta.main) {
  let application: Application | undefined;
  let search: (name: string, count: number) => Promise<string[]>;
  const tails = new Map<string, (pressure: Pressure) => Promise<number>>();
  answerCommands(
    {
      async open(settings: SearcherSettings) {
        const { authorization, filters, first } = settings;
        application = await startApplication(loadConfig(productEnvironment(settings)), { parts: new Set() });
        const { services, demoIssuer } = application;
        const verify = tokenVerifier(trustDemo(demoIssuer!), systemClock);
        const caller = await services.ports.privacy.callerOf(await verify(authorization));
        if (!caller) throw new Error("the operator of the bench has no access");
        const raisedLevels = await services.ports.privacy.raisedLevels(caller.institutionId);
        search = async (name, count) => {
          const operation = { caller, raisedLevels, locale: "en", requestId: "bench" } as const;
          const wanted = filters[name]!;
          const answer = await findContacts(new OperationContext(services, operation), {
            filter: wanted[count % wanted.length]!,
            ...{ from: SearchContext.CONTACT_MODULE, includeInvalid: false, first, after: null },
          });
          return answer.nodes.map(({ contactNumber }) => contactNumber);
        };
        for (const name of Object.keys(filters))
          tails.set(
            name,
            tailLoop((count) => search(name, count)),
          );
      },
      numbers: ({ name, count }: { name: string; count: number }) => search(name, count),
      tail: ({ name, pressure }: { name: string; pressure: Pressure }) => tails.get(name)!(pressure),
    },
    async () => application?.stop(),
  );
}
