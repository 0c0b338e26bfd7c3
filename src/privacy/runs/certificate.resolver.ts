import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { certificateOfRun, ErasureCertificate, type FoundCertificate } from "../erasure/index.js";
import { runByKey } from "./run.reading.js";
import { AnonymizationRun } from "./run.type.js";

@Resolver(() => AnonymizationRun)
export class CertificateOfRunResolver {
  @FieldResolver(() => ErasureCertificate, {
    nullable: true,
    description:
      "Of a RUN: what it erased where, and what the pass over the whole database found of it later. Null while it has erased nothing.",
  })
  certificate(@Root() { id }: AnonymizationRun, @Ctx() context: OperationContext) {
    return certificateOfRun(context, decodeId("AnonymizationRun", id)!);
  }
}

@Resolver(() => ErasureCertificate)
export class RunOfCertificateResolver {
  @FieldResolver(() => AnonymizationRun, { nullable: true, description: "The run; null for an erasure by hand." })
  run(@Root() { runId }: FoundCertificate, @Ctx() context: OperationContext) {
    return runId === null ? null : runByKey(context, runId);
  }
}
