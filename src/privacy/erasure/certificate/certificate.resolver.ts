import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../../platform/access/allow.js";
import type { OperationContext } from "../../../platform/context.js";
import {
  CertificatePageArguments,
  ExportErasureCertificateInput,
  ExportErasureCertificatePayload,
} from "./certificate.inputs.js";
import {
  type FoundCertificate,
  findCertificate,
  findCertificates,
  findingsOf,
  isIntact,
} from "./certificate.reading.js";
import { exportErasureCertificate } from "./certificate.service.js";
import { ErasureCertificate, ErasureCertificateConnection, ErasureFindingConnection } from "./certificate.type.js";

@Resolver(() => ErasureCertificate)
export class ErasureCertificateResolver {
  @Allow("privacy:simulate")
  @Query(() => ErasureCertificate, {
    nullable: true,
    description: "One certificate. Null when none has this id, or none that the caller may see.",
  })
  erasureCertificate(
    @Arg("id", () => ID, { description: "Opaque id of the certificate." }) id: string,
    @Ctx() context: OperationContext,
  ) {
    return findCertificate(context, id);
  }

  @Allow("privacy:simulate")
  @Query(() => ErasureCertificateConnection, {
    description: "Certificates of batches and of erasures by hand, the newest first.",
  })
  erasureCertificates(
    @Args(() => CertificatePageArguments) args: CertificatePageArguments,
    @Ctx() context: OperationContext,
  ) {
    return findCertificates(context, args);
  }

  @Allow("privacy:simulate")
  @Mutation(() => ExportErasureCertificatePayload, {
    description:
      "Takes a complete certificate out with all of its findings, to be kept outside of the product. It stands in the access log.",
  })
  exportErasureCertificate(
    @Arg("input", () => ExportErasureCertificateInput, { description: "Which one." })
    input: ExportErasureCertificateInput,
    @Ctx() context: OperationContext,
  ) {
    return exportErasureCertificate(context, input);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      "Whether it and its findings are what they were when the pass was done, by a hash whose key is not in the database. Null while PENDING, and for certificates of versions that made none.",
  })
  isIntact(@Root() certificate: FoundCertificate, @Ctx() context: OperationContext) {
    return isIntact(context, certificate);
  }

  @FieldResolver(() => ErasureFindingConnection, {
    description: "Where something was found after all: to be looked at, and mended by hand.",
  })
  findings(
    @Root() certificate: FoundCertificate,
    @Args(() => CertificatePageArguments) args: CertificatePageArguments,
    @Ctx() context: OperationContext,
  ) {
    return findingsOf(context, certificate, args);
  }
}
