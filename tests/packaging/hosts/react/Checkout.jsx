import { useEffect, useMemo, useRef, useState } from "react";
import { basketWith, outcomeOf } from "../shop.js";

export function Checkout() {
  const [given, setGiven] = useState(false);
  const [shown, setShown] = useState(true);
  const [told, setTold] = useState([]);
  const [outcome, setOutcome] = useState("");
  const [mounted, setMounted] = useState(false);
  const duties = useRef(null);
  const basket = useMemo(() => basketWith(given ? "valid" : "absent"), [given]);

  // React sets no properties on what a server rendered; from the second time on it does.
  useEffect(() => setMounted(true), []);

  function pay(event) {
    event.preventDefault();
    setOutcome(outcomeOf(duties.current));
  }

  return (
    <form onSubmit={pay}>
      <label>
        <input type="checkbox" name="given" checked={given} onChange={(event) => setGiven(event.target.checked)} /> Identity given
      </label>
      <label>
        <input type="checkbox" name="shown" checked={shown} onChange={(event) => setShown(event.target.checked)} /> Show duties
      </label>
      {shown && (
        <preclear-duties
          ref={duties}
          suppressHydrationWarning // The element's own attribute `state`, which the server did not write.
          locale="en"
          basket={mounted ? basket : null}
          onpreclear-status={({ detail }) => setTold((told) => [...told, detail.state])}
        >
          <p>Settled at customs.</p>
        </preclear-duties>
      )}
      <button>Pay</button>
      <output name="outcome">{outcome}</output>
      <output name="told">{told.join(" ")}</output>
    </form>
  );
}
