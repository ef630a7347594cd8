// Two soft notes, made by the browser itself: nothing is fetched.

const NOTES_HZ = [660, 880];
const NOTE_SECONDS = 0.14;
const END_MS = 1_000;

async function play(context: AudioContext): Promise<void> {
  await context.resume();
  const volume = context.createGain();
  volume.connect(context.destination);
  const start = context.currentTime;
  const end = start + NOTES_HZ.length * NOTE_SECONDS;
  volume.gain.setValueAtTime(0.0001, start);
  volume.gain.exponentialRampToValueAtTime(0.2, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, end);
  const over = NOTES_HZ.map((frequency, index) => {
    const note = context.createOscillator();
    note.frequency.value = frequency;
    note.connect(volume);
    note.start(start + index * NOTE_SECONDS);
    note.stop(start + (index + 1) * NOTE_SECONDS);
    return new Promise((resolve) => note.addEventListener("ended", resolve, { once: true }));
  });
  await Promise.all(over);
}

/** Plays them; resolves when they are over, or at once where the browser does not let a page sound yet. */
export async function playSound(page: Window & typeof globalThis): Promise<void> {
  const { AudioContext } = page;
  if (!AudioContext) return;
  const context = new AudioContext();
  // Before anybody has touched the page, it would wait for ever.
  if (context.state === "suspended" && !page.navigator.userActivation?.hasBeenActive) {
    return context.close();
  }
  // So does Firefox where there is nothing to sound with.
  const end = new Promise((resolve) => setTimeout(resolve, END_MS));
  await Promise.race([play(context), end]).finally(() => void context.close());
}
