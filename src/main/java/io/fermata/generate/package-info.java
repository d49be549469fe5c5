/**
 * A seeded simulation of customers, and the touchpoints it gives rise to. Pure: the model and the
 * JDK only; time is simulated, chance comes from the seed.
 */
package io.fermata.generate;
