package dev.asyncinspect.analysis;

import java.util.List;

/** One thing that can be wrong, and how to tell. */
interface Question {

    /** The findings of this kind; empty if all is well or nothing can be said. */
    List<Finding> ask(Samples samples);
}
