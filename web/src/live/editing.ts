// Whether a question is open, so that others see who is about to change something.
import { signal } from "@preact/signals";

export const question = signal(false);
