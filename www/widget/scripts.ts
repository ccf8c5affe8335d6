/** The element for a page that may run scripts and fetch nothing: in place of `widget.js`. */

import { PreclearDuties } from "./element.js";
import { inPage } from "./package.js";
import { openTexts } from "../../pkg/js/scripts.js";

inPage.open = async () => ({ openTexts });

export { PreclearDuties };
