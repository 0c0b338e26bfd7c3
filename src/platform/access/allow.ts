import { Authorized, Extensions } from "type-graphql";
import { CodedError } from "../errors/coded-error.js";
import type { Caller } from "./caller.js";
import { isHeldWith, type Permission } from "./permissions.js";

/**
 * The permission that a caller needs. Every query, mutation and subscription declares one.
 * For root fields only: on fields of data types it would cost ten times the field, and be skipped on simple ones.
 */
export function Allow(permission: Permission): MethodDecorator {
  return (target, key, descriptor) => {
    Authorized(permission)(target, key as string, descriptor as TypedPropertyDescriptor<unknown>);
    Extensions({ permission })(target, key, descriptor);
  };
}

/** @throws CodedError FORBIDDEN when the caller lacks the permission, or the clearance without which nobody holds it */
export function assertMay({ caller }: { readonly caller: Caller }, permission: Permission): void {
  if (!isPermitted(caller, permission)) {
    throw new CodedError("FORBIDDEN", `This needs the permission ${permission}.`, { permission });
  }
}

/** Whether the caller has the permission, and the clearance without which nobody holds it. */
export function isPermitted({ permissions, clearance }: Caller, permission: Permission): boolean {
  return permissions.has(permission) && isHeldWith(permission, clearance);
}
