import { PreclearError } from "./error.js";

/** What wasm-bindgen's glue has for every module. */
export interface Glue {
  imports(): WebAssembly.Imports;
  start(instance: WebAssembly.Instance, module: WebAssembly.Module): void;
}

/** Asks a module's instance, which outlives a stop. */
export type Ask<Running> = <Answer>(question: (running: Running) => Answer) => Answer;

/** An instance of a module; `begin` makes what is asked, and is called again after a stop. */
export async function instance<Fresh extends Glue, Running>(
  module: WebAssembly.Module,
  glue: () => Fresh,
  begin: (fresh: Fresh) => Running,
): Promise<Ask<Running>> {
  const run = (fresh: Fresh, made: WebAssembly.Instance): Running => {
    fresh.start(made, module);
    return begin(fresh);
  };
  let running: Running | undefined;
  try {
    const fresh = glue();
    running = run(fresh, await WebAssembly.instantiate(module, fresh.imports()));
  } catch (error) {
    throw error instanceof PreclearError ? error : new PreclearError("engine.unavailable");
  }

  function again(): Running {
    try {
      const fresh = glue();
      return run(fresh, new WebAssembly.Instance(module, fresh.imports()));
    } catch {
      throw new PreclearError("engine.unavailable");
    }
  }

  // What is thrown that is no code of the module's own, was thrown in the middle of something: that instance is not asked again.
  return (question) => {
    running ??= again();
    try {
      return question(running);
    } catch (error) {
      if (typeof error === "object" && error !== null && !(error instanceof Error) && Object.hasOwn(error, "code")) {
        throw new PreclearError((error as { code: string }).code);
      }
      running = undefined;
      throw new PreclearError("engine.stopped");
    }
  };
}
