// Sounds made here: a chime for a clock that rings, higher and more often the more it was missed; a siren for an officer's call for help.
let context: AudioContext | null = null;
let sirenTimer: ReturnType<typeof setInterval> | null = null;

function audio(): AudioContext | null {
  try {
    context ??= new AudioContext();
    // A browser plays nothing before somebody has touched the page; signing in does.
    if (context.state === "suspended") void context.resume();
    return context;
  } catch {
    return null;
  }
}

function tone(hertz: number, at: number, seconds: number, loud: number): void {
  const made = audio();
  if (!made) return;
  const [oscillator, gain] = [made.createOscillator(), made.createGain()];
  const start = made.currentTime + at;
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loud, start + 0.02);
  gain.gain.setValueAtTime(loud, start + seconds - 0.05);
  gain.gain.linearRampToValueAtTime(0, start + seconds);
  oscillator.connect(gain).connect(made.destination);
  oscillator.start(start);
  oscillator.stop(start + seconds);
}

/** Whether chimes sound; a siren always does. */
export const chimesOn = (): boolean => localStorage.getItem("chimes") !== "off";

/** Puts chimes on or off, in this browser. */
export function chimes(on: boolean): void {
  localStorage.setItem("chimes", on ? "on" : "off");
}

/** A clock rings; `told` is how often by now. */
export function chime(told: number): void {
  if (!chimesOn()) return;
  const times = Math.min(3, Math.max(1, told));
  for (let index = 0; index < times; index += 1) tone(660 + told * 110, index * 0.22, 0.16, 0.12);
}

function wail(): void {
  tone(880, 0, 0.35, 0.3);
  tone(620, 0.38, 0.35, 0.3);
}

/** An officer calls for help: until somebody has answered. */
export function siren(on: boolean): void {
  if (on === (sirenTimer !== null)) return;
  if (on) {
    wail();
    sirenTimer = setInterval(wail, 2_000);
  } else if (sirenTimer) {
    clearInterval(sirenTimer);
    sirenTimer = null;
  }
}
