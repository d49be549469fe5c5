package io.fermata.codec;

import io.fermata.model.Channel;
import io.fermata.model.ContactDecision;
import io.fermata.model.ContactDecision.Reason;
import io.fermata.model.ContactDecision.Verdict;
import io.fermata.model.ReservationAnswer;
import org.apache.avro.Schema;

/** Answers to requests for a permission, as Avro bytes. */
public final class ReservationAnswerCodec extends RecordCodec<ReservationAnswer> {

  private static final Schema SCHEMA = io.fermata.codec.avro.ReservationAnswer.getClassSchema();

  private static final SymbolTable<Channel> CHANNEL =
      SymbolTable.of(Channel.class, SCHEMA, "channel");
  private static final SymbolTable<Verdict> VERDICT =
      SymbolTable.of(Verdict.class, SCHEMA, "verdict");

  public static final ReservationAnswerCodec INSTANCE = new ReservationAnswerCodec();

  private ReservationAnswerCodec() {
    super(ReservationAnswer.class, SCHEMA);
  }

  @Override
  void write(AvroOutput out, ReservationAnswer answer) {
    ContactDecision decision = answer.decision();
    out.writeText("requestId", answer.requestId());
    out.writeText("replyTo", answer.replyTo());
    out.writeText("customer", decision.customer());
    CHANNEL.write(out, decision.channel());
    out.writeLong(decision.at());
    VERDICT.write(out, decision.verdict());
    out.writeNullableLong(decision.until());
    out.writeNullableLong(answer.expiresAt());
    out.writeList(
        decision.reasons(),
        (to, reason) -> {
          to.writeText("rule", reason.rule());
          to.writeNullableText(reason.version());
          to.writeList(reason.counted(), (list, id) -> list.writeText("counted", id));
        });
  }

  @Override
  ReservationAnswer read(AvroInput in) {
    String requestId = in.readText();
    String replyTo = in.readText();
    String customer = in.readText();
    Channel channel = CHANNEL.read(in);
    long at = in.readLong();
    Verdict verdict = VERDICT.read(in);
    Long until = in.readNullableLong();
    Long expiresAt = in.readNullableLong();
    return new ReservationAnswer(
        requestId,
        replyTo,
        new ContactDecision(
            customer,
            channel,
            at,
            verdict,
            until,
            in.readList(
                each ->
                    new Reason(
                        each.readSharedText(),
                        each.readNullableSharedText(),
                        each.readList(AvroInput::readText)))),
        expiresAt);
  }
}
