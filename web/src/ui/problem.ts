/** Turns a failed request into words for the person, and into faults for the fields. */
import { ApiProblem, NoNetwork } from '../api/client';
import { common } from '../i18n/common';
import type { Fault } from './ErrorSummary.svelte';

/** One sentence for a failure that belongs to no field. */
export function sentence(failure: unknown): string {
  if (failure instanceof NoNetwork) return common.t.fault_network;
  if (failure instanceof ApiProblem) {
    if (failure.status === 429) return common.t.fault_busy;
    if (failure.status >= 500) return common.t.fault_server;
    return failure.problem.detail ?? failure.problem.title;
  }
  return common.t.fault_server;
}

/** The faults of a problem document; `fieldOf` names the element that a JSON pointer belongs to. */
export function faults(failure: unknown, fieldOf: (pointer: string) => string | undefined = () => undefined): Fault[] {
  if (failure instanceof ApiProblem && failure.status < 500 && failure.problem.errors.length > 0) {
    return failure.problem.errors.map(({ pointer, message }) => {
      const field = fieldOf(pointer);
      return field ? { field, message } : { message };
    });
  }
  return [{ message: sentence(failure) }];
}
