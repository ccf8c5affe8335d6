/** What went wrong, as a code: a message would have to be in somebody's language. */
export class PreclearError extends Error {
  override readonly name = "PreclearError";
  /**
   * - `package.unreachable`: a file of the package could not be read
   * - `package.changed`: a file of the package is not the one that was built
   * - `pack.unknown`: no such pack was built
   * - `pack.not-loaded`: the pack for this destination was built and has not been loaded
   * - `forms.unknown`: no declaration forms were built for this destination
   * - `pack.*`: the engine refused the pack, see the contract
   * - `locale.unknown`, `locale.not-loaded`: likewise for a language
   * - `engine.unavailable`: WebAssembly is missing or forbidden here
   * - `engine.stopped`: the engine stopped while it answered; the next question gets a fresh one
   * - `worker.not-isolated`: the worker's file comes without a policy that keeps it from the network
   */
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}
