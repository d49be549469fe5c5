package io.fermata.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The files of stores that nobody has open. */
final class RocksFiles {

  private RocksFiles() {}

  /**
   * Writes all files of all stores below a folder anew, uncompressed.
   *
   * @return the folders of the stores
   */
  static List<Path> compact(Path folder) throws IOException, RocksDBException {
    List<Path> stores;
    try (Stream<Path> files = Files.walk(folder)) {
      stores = files.filter(file -> file.endsWith("CURRENT")).map(Path::getParent).toList();
    }
    for (Path store : stores) {
      open(store, true);
      // The list of files, which may name a first and a last key, is written anew by a start.
      open(store, false);
    }
    return stores;
  }

  private static void open(Path store, boolean compact) throws RocksDBException {
    try (Options any = new Options();
        ColumnFamilyOptions options =
            new ColumnFamilyOptions().setCompressionType(CompressionType.NO_COMPRESSION);
        DBOptions all = new DBOptions();
        CompactRangeOptions everything =
            new CompactRangeOptions()
                .setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
      List<ColumnFamilyDescriptor> families = new ArrayList<>();
      for (byte[] name : RocksDB.listColumnFamilies(any, store.toString())) {
        families.add(new ColumnFamilyDescriptor(name, options));
      }
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      try (RocksDB db = RocksDB.open(all, store.toString(), families, handles)) {
        for (ColumnFamilyHandle handle : handles) {
          if (compact) {
            db.compactRange(handle, null, null, everything);
          }
          handle.close();
        }
      }
    }
  }
}
