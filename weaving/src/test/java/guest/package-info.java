/** Programs that are woven: loaded by a loader of their own, with their own copy of the library. */
@NullMarked
package guest;

import org.jspecify.annotations.NullMarked;
