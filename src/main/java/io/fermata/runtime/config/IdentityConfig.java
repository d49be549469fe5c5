package io.fermata.runtime.config;

import java.util.List;

/** Which identifiers name a customer. */
@Section("Which identifiers name a customer.")
public record IdentityConfig(
    @Property(
            doc =
                "Kinds of identifier, the strongest first; kinds that are not listed are weaker"
                    + " than all of them.",
            defaultValue = "customer,account,loyalty,email,phone,social,device,cookie,call")
        List<String> order,
    @Property(
            doc = "Values that stand for nobody and link nothing.",
            defaultValue = "unknown,0000,test@test")
        List<String> ignore,
    @Property(
            doc =
                "An identifier linked to more customers than this links nothing and raises the"
                    + " alert `shared-identifier`.",
            defaultValue = "20",
            atLeast = 1)
        int maxLinks) {

  public IdentityConfig {
    order = List.copyOf(order);
    ignore = List.copyOf(ignore);
  }
}
