package io.fermata.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Searches files byte by byte. */
final class FileBytes {

  private FileBytes() {}

  /** The files below a folder, or in its name, that have a text, in UTF-8 or UTF-16. */
  static List<Path> filesWith(Path folder, String text) {
    byte[] narrow = text.getBytes(StandardCharsets.UTF_8);
    byte[] wide = text.getBytes(StandardCharsets.UTF_16BE);
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              try {
                byte[] bytes = Files.readAllBytes(file);
                if (contains(bytes, narrow) || contains(bytes, wide)) {
                  found.add(file);
                }
              } catch (NoSuchFileException e) {
                return FileVisitResult.CONTINUE; // compacted away in between
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException && !file.equals(folder)) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the files of " + folder, e);
    }
    return found;
  }

  private static boolean contains(byte[] bytes, byte[] sought) {
    for (int i = 0; i + sought.length <= bytes.length; i++) {
      int at = 0;
      while (at < sought.length && bytes[i + at] == sought[at]) {
        at++;
      }
      if (at == sought.length) {
        return true;
      }
    }
    return false;
  }
}
