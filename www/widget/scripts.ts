/** The element for a page that may run scripts and fetch nothing: in place of `widget.js`. */

import { inPage, PreclearDuties } from "./element.js";
import { openTexts } from "../../pkg/js/scripts.js";

inPage.open = async () => ({ openTexts });

export { PreclearDuties };
