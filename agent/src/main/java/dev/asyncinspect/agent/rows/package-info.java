/** What reads the observed JVM, and what takes the rows that it reads. */
@NullMarked
package dev.asyncinspect.agent.rows;

import org.jspecify.annotations.NullMarked;
