import { type Application, startApplication } from "../../src/application.js";
import { audience, countsOf, recipientCountOf } from "../../src/marketing/audience/audience.service.js";
import { audienceExport, exportAudience } from "../../src/marketing/audience/export/export.service.js";
import { CampaignChannel, CampaignType } from "../../src/marketing/campaigns/campaign.enums.js";
import { createCampaign } from "../../src/marketing/campaigns/campaign.service.js";
import { exportTask } from "../../src/marketing/index.js";
import { TargetKind, TargetOperator } from "../../src/marketing/targets/target.enums.js";
import { createTarget } from "../../src/marketing/targets/target.service.js";
import { tokenVerifier, trustDemo } from "../../src/platform/access/token.js";
import { systemClock } from "../../src/platform/clock.js";
import { loadConfig } from "../../src/platform/config.js";
import { OperationContext } from "../../src/platform/context.js";
import { decodeId } from "../../src/platform/graphql/opaque-id.js";
import { answerCommands } from "../harness/commands.js";
import { type ProductSettings, productEnvironment } from "../harness/product.js";

/** The product's audience of one campaign: asked as its resolver asks it, and exported by its job. */
export interface ExporterSettings extends ProductSettings {
  /** An `Authorization` header. */
  readonly authorization: string;
  /** Days (YYYY-MM-DD) that one of the orders lies between. */
  readonly period: { readonly from: string; readonly to: string };
}

/** What an export came to. */
export interface Exported {
  readonly ms: number;
  readonly rows: number | null;
  readonly bytes: number | null;
}

const condition = (field: string, operator: TargetOperator, values: string[], scope?: object) => ({
  condition: { field, operator, values, ...(scope && { scope }) },
});

async function makeCampaign(context: OperationContext, period: object): Promise<string> {
  const all = [
    condition("criterion.INTEREST", TargetOperator.IS_ANY_OF, ["OPERA"]),
    condition("criterion.AGEGRP", TargetOperator.IS_ANY_OF, ["A26"]),
    condition("purchase.count", TargetOperator.AT_LEAST, ["1"], period),
  ];
  const { target } = await createTarget(context, { name: "Bench", kind: TargetKind.DYNAMIC, filter: { all } });
  const { campaign } = await createCampaign(context, {
    ...{ name: "Bench", type: CampaignType.NEWSLETTER, channel: CampaignChannel.EMAIL, targetIds: [target!.id] },
  });
  return campaign!.id;
}

async function exportOnce({ services }: Application, context: OperationContext, campaignId: string): Promise<Exported> {
  const startedAt = performance.now();
  const asked = await exportAudience(context, { campaignId, acceptedNoticeVersion: 1 });
  const { id } = asked.audienceExport!;
  const payload = { institutionId: context.caller.institutionId, id: decodeId("AudienceExport", id)! };
  await exportTask(services).run(payload, new AbortController().signal);
  const ms = performance.now() - startedAt;
  const { contactCount: rows, sizeBytes: bytes } = (await audienceExport(context, id))!;
  for await (const file of services.files.olderThan(new Date(Date.now() + 1_000))) await services.files.remove(file);
  return { ms, rows, bytes };
}

if (import.meta.main) {
  let application: Application | undefined;
  let contextOf: () => Promise<OperationContext>;
  let campaignId: string;
  answerCommands(
    {
      async open(settings: ExporterSettings) {
        application = await startApplication(loadConfig(productEnvironment(settings)), { parts: new Set() });
        const { services, demoIssuer } = application;
        const verify = tokenVerifier(trustDemo(demoIssuer!), systemClock);
        contextOf = async () => {
          const caller = await services.ports.privacy.callerOf(await verify(settings.authorization));
          if (!caller) throw new Error("the operator of the bench has no access");
          return new OperationContext(services, { caller, raisedLevels: new Map(), locale: "en", requestId: "bench" });
        };
        campaignId = await makeCampaign(await contextOf(), settings.period);
      },
      /** @returns how many receive it */
      async count() {
        const page = await audience(await contextOf(), campaignId, { outcome: null, first: 1, after: null });
        return recipientCountOf(page!);
      },
      /** @returns how many there are by outcome */
      async reasons() {
        const page = await audience(await contextOf(), campaignId, { outcome: null, first: 1, after: null });
        return Object.fromEntries((await countsOf(page!)).map(({ outcome, count }) => [outcome, count]));
      },
      export: async () => exportOnce(application!, await contextOf(), campaignId),
    },
    async () => application?.stop(),
  );
}
