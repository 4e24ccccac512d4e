/** Tests of the API. */
@NullMarked
package dev.asyncinspect.core;

import org.jspecify.annotations.NullMarked;
