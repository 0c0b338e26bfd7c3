import type { GraphQLSchema } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Logger } from "pino";
import type { TokenClaims } from "../access/caller.js";
import type { VerifyToken } from "../access/token.js";
import type { Config } from "../config.js";
import type { Services } from "../context.js";
import type { Telemetry } from "../telemetry.js";
import { callerKey, useAuthentication } from "./authentication.js";
import { useOperationCost } from "./cost.js";
import { useCsrfPrevention } from "./csrf.js";
import { useDocumentLimits } from "./document-limits.js";
import { useErrorMasking } from "./errors.js";
import { useOperationContext, usePartialAnswers } from "./operation.js";
import { useRateLimit } from "./rate-limit.js";
import { useRequestId } from "./request-id.js";
import { useRequestLog } from "./request-log.js";
import { OpenSubscriptions, useSubscriptionLimit } from "./subscriptions.js";

export interface GraphqlServerOptions {
  /** Name of the part, for logs and figures. */
  readonly part: string;
  readonly config: Config;
  readonly log: Logger;
  readonly telemetry: Telemetry;
  readonly verify: VerifyToken;
  readonly services: Services;
  /** Answer without a token, such as preflights and GraphiQL. */
  readonly beforeToken?: readonly Plugin[];
  /** Come behind the token check and before the limits. */
  readonly afterToken?: readonly Plugin[];
  /** Of a planner, to which the scalars of subgraphs are opaque: the API with scalars that check. */
  readonly inputSchema?: GraphQLSchema;
  /** How much more than callers a planner may ask: it adds aliases, keys and a level to what it passes on. */
  readonly slack?: number;
  /** Those of the process; of this part alone when left out. */
  readonly subscriptions?: OpenSubscriptions;
}

/** What gateway and subgraphs that are reached directly have in common, in the order that matters: both equally closed. */
export function graphqlPlugins(options: GraphqlServerOptions): Plugin[] {
  const { part, config, log, telemetry, verify, services, inputSchema } = options;
  const { beforeToken = [], afterToken = [], slack = 1, subscriptions = new OpenSubscriptions() } = options;
  const authentication = { verify, callerOf: (claims: TokenClaims) => services.ports.privacy.callerOf(claims) };
  return [
    useRequestId(),
    useErrorMasking({
      log: (error, requestId) => log.error({ part, requestId, err: error }, "unexpected error"),
      inputSchema,
    }),
    useRequestLog({ part, log, telemetry }),
    ...beforeToken,
    useAuthentication(authentication),
    useCsrfPrevention(),
    ...afterToken,
    useDocumentLimits({
      maxLength: 50_000 * slack,
      maxTokens: 4_000 * slack,
      maxDepth: config.maxDepth * slack,
      maxAliases: 30 * slack,
      suggestions: config.mode !== "production",
    }),
    useOperationCost({ maximum: config.maxCost }),
    useRateLimit({ key: callerKey, points: config.rateLimitPoints, periodSeconds: config.rateLimitSeconds }),
    useSubscriptionLimit(subscriptions),
    useOperationContext(services, authentication),
    usePartialAnswers(),
  ];
}
