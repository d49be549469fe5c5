# syntax=docker/dockerfile:1

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY src/main src/main
COPY schemas schemas
COPY topology topology
RUN --mount=type=cache,target=/m2 mvn -B -ntp -Dmaven.repo.local=/m2 -Dfast -Dmaven.test.skip package
# RocksDB comes for 14 platforms in one jar of 73 MB; the image runs on Linux with glibc.
RUN apt-get update \
 && apt-get install -y --no-install-recommends zip unzip \
 && case "$(uname -m)" in \
      x86_64) keep=librocksdbjni-linux64.so ;; \
      aarch64) keep=librocksdbjni-linux-aarch64.so ;; \
      *) echo "no RocksDB for $(uname -m)" >&2; exit 1 ;; \
    esac \
 && jar="$(echo target/lib/rocksdbjni-*.jar)" \
 && zip -q -d "$jar" 'librocksdbjni-*' -x "$keep" \
 && unzip -l "$jar" | grep -q "$keep"

FROM eclipse-temurin:25-jre
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/fermata --create-home fermata
WORKDIR /opt/fermata
COPY --from=build /build/target/lib target/lib
COPY --from=build /build/target/fermata.jar target/fermata.jar
COPY fermata fermata
COPY rules rules
COPY mappings mappings
USER 10001
# State, and what RocksDB unpacks: the only places written to, so the root may be read-only.
VOLUME /var/lib/fermata
ENV FERMATA_STATE_DIR=/var/lib/fermata/state \
    FERMATA_HTTP_HOST=0.0.0.0 \
    FERMATA_HTTP_PORT=8484 \
    ROCKSDB_SHAREDLIB_DIR=/var/lib/fermata \
    TMPDIR=/var/lib/fermata
EXPOSE 8484
# Restoring state takes time and is no illness: live, not ready.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD curl -fsS "http://127.0.0.1:${FERMATA_HTTP_PORT}/health/live" || exit 1
ENTRYPOINT ["/opt/fermata/fermata"]
CMD ["run"]
