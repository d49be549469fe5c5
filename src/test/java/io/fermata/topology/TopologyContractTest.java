package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fermata.model.Channel;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.internals.CachingKeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.junit.jupiter.api.Test;

/** Names, stores and topics of the topology against {@code topology/}. */
class TopologyContractTest extends PipelineTest {

  private static final Pattern OURS = Pattern.compile("[a-z]+(-[a-z]+)*");

  /**
   * One store of {@code stores.yaml}.
   *
   * @param memory whether it lies in memory rather than in RocksDB
   */
  record StoreSpec(
      String name,
      String changelog,
      String owner,
      boolean memory,
      String key,
      String value,
      String bound,
      boolean cached,
      String why) {}

  record StoresFile(List<StoreSpec> stores) {}

  private final TopologyDescription topology =
      TestPipeline.topology(TestPipeline.TOPICS, replay()).build().describe();

  @Test
  void shouldBearNamesOfOursOnly() {
    assertThat(nodes(topology)).extracting(Node::name).allMatch(OURS.asMatchPredicate());
    assertThat(processors()).flatExtracting(Processor::stores).isNotEmpty();
    assertThat(processors())
        .flatExtracting(Processor::stores)
        .allMatch(store -> OURS.matcher(store).matches());
    assertThat(topology.globalStores()).isEmpty();
  }

  @Test
  void shouldReadAndWriteTopicsOfTheContractOnly() {
    List<String> contract =
        Topics.withPrefix("fermata.").specs().stream().map(s -> s.name("fermata.")).toList();
    assertThat(topics(topology)).isSubsetOf(contract);
  }

  @Test
  void shouldPutAnotherPrefixBeforeEveryTopic() {
    TopologyDescription other =
        TestPipeline.topology(new TopicNames("bank-"), replay()).build().describe();

    assertThat(topics(other))
        .isEqualTo(
            topics(topology).stream()
                .map(topic -> topic.replaceFirst("^fermata\\.", "bank-"))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void shouldListExactlyTheStoresOfTheTopology() throws IOException {
    Map<String, String> owners = new TreeMap<>();
    for (Processor processor : processors()) {
      processor.stores().forEach(store -> owners.put(store, processor.name()));
    }
    assertThat(stores())
        .extracting(StoreSpec::name)
        .containsExactlyInAnyOrderElementsOf(owners.keySet());
    assertThat(stores())
        .allSatisfy(
            store -> {
              assertThat(store.owner()).isEqualTo(owners.get(store.name()));
              assertThat(List.of(store.key(), store.value(), store.bound(), store.why()))
                  .noneMatch(String::isBlank);
            });
  }

  @Test
  void shouldCacheAndKeepStoresWhereTheContractSays() throws IOException {
    Map<String, StateStore> built = open(replay().cacheBytes(1024 * 1024)).stores();
    for (StoreSpec spec : stores()) {
      StateStore store = built.get(spec.name());
      assertThat(isCached(store)).as("%s is cached", spec.name()).isEqualTo(spec.cached());
      assertThat(store.persistent()).as("%s in RocksDB", spec.name()).isEqualTo(!spec.memory());
    }
  }

  @Test
  void shouldHaveNoInternalTopicsButTheChangelogsOfTheContract() throws IOException {
    TestPipeline pipeline = open(replay().keeper(LateArrivalTest.keeper(Long.MAX_VALUE, 1, 1)));
    pipeline.arrives(promise("t1", 0));
    pipeline.arrives(contact("t2", 1));
    pipeline.arrives(
        touchpoint("t3", "contact.ended", 2)
            .identifiers(
                List.of(new Identifier("customer", "C-1"), new Identifier("phone", "+48 1")))
            .build());
    pipeline.arrives(
        touchpoint("t4", "survey.answered", 3)
            .score(new Score(ScoreKind.NPS, 9, 0, 10, null))
            .build());
    pipeline.reserve("r1", CUSTOMER, Channel.EMAIL, START);
    pipeline.arrives(new IdentityLink(null, "cookie:k", "customer:C-1", 0, null, false));
    pipeline.arrives(
        touchpoint("t5", "survey.answered", Duration.ofDays(1).toMillis())
            .score(new Score(ScoreKind.NPS, 9, 0, 10, null))
            .build());
    pipeline.advance(CountProcessor.MOMENT);
    pipeline.advance(CountProcessor.MOMENT);
    pipeline.advance(CountProcessor.MOMENT);

    Set<String> internal = new TreeSet<>(pipeline.producedTopics());
    internal.removeIf(topic -> topic.startsWith(TestPipeline.TOPICS.prefix()));
    assertThat(internal)
        .containsExactlyInAnyOrderElementsOf(
            stores().stream()
                .map(s -> s.changelog().replace("{application.id}", TestPipeline.APPLICATION_ID))
                .toList());
  }

  private static List<StoreSpec> stores() throws IOException {
    String yaml = Files.readString(Path.of("topology", "stores.yaml"));
    return new YAMLMapper().readValue(yaml, StoresFile.class).stores();
  }

  private static boolean isCached(StateStore store) {
    return store instanceof WrappedStateStore<?, ?, ?> wrapped
        && wrapped.findInner(CachingKeyValueStore.class) != null;
  }

  private static List<Node> nodes(TopologyDescription topology) {
    List<Node> nodes = new ArrayList<>();
    topology.subtopologies().forEach(room -> nodes.addAll(room.nodes()));
    return nodes;
  }

  private List<Processor> processors() {
    return nodes(topology).stream()
        .filter(Processor.class::isInstance)
        .map(Processor.class::cast)
        .toList();
  }

  private static Set<String> topics(TopologyDescription topology) {
    return nodes(topology).stream()
        .flatMap(
            node ->
                node instanceof Source source
                    ? source.topicSet().stream()
                    : node instanceof Sink sink ? Stream.of(sink.topic()) : Stream.empty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
