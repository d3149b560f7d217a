/** The screens after the first question, and what is told of reports on their way. */
import CategoryStep from './CategoryStep.svelte';
import CheckStep from './CheckStep.svelte';
import FeelStep from './FeelStep.svelte';
import MoreStep from './MoreStep.svelte';
import WaitingView from './WaitingView.svelte';
import WhenStep from './WhenStep.svelte';
import WhereStep from './WhereStep.svelte';

export { default as DoneView } from './DoneView.svelte';
export { default as OutboxBar } from './OutboxBar.svelte';

export const SCREENS = {
  category: CategoryStep,
  where: WhereStep,
  feel: FeelStep,
  when: WhenStep,
  more: MoreStep,
  check: CheckStep,
  waiting: WaitingView,
};
