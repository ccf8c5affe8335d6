// The baskets of the state gallery, which the tests show.

export { baskets, before, contract, parcels, QUOTA_QUERY, since, STATES } from "../../www/demo/shop/states-data.js";
