/** A program that opens and exports nothing. */
module hosted {
}
