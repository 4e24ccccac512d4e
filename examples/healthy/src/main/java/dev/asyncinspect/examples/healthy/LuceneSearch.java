package dev.asyncinspect.examples.healthy;

import java.nio.file.Files;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

/** Writers, mergers and searchers of one Lucene index. */
public final class LuceneSearch {

    private static final int WRITERS = 4;

    private LuceneSearch() {}

    public static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory("lucene");
        folder.toFile().deleteOnExit();
        IndexWriter writer = new IndexWriter(
                FSDirectory.open(folder), new IndexWriterConfig(new StandardAnalyzer()).setRAMBufferSizeMB(1));
        SearcherManager searchers = new SearcherManager(writer, null);
        Load.of(2 * WRITERS, (worker, round) -> {
            if (worker < WRITERS) {
                Document document = new Document();
                document.add(new TextField("text", "order " + worker + " round " + round % 97, Field.Store.NO));
                writer.updateDocument(new Term("text", String.valueOf(round % 97)), document);
                if (round % 50 == 0) {
                    searchers.maybeRefreshBlocking();
                }
                return;
            }
            IndexSearcher searcher = searchers.acquire();
            try {
                searcher.search(new TermQuery(new Term("text", String.valueOf(round % 97))), 10);
            } finally {
                searchers.release(searcher);
            }
        });
    }
}
