package io.fermata.score;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Ordinary least squares of the last variable of some moments on the others, with an intercept.
 *
 * @param r2 share of the variance explained
 * @param coefficients one for each of the others, in their order; likewise {@code standardErrors}
 */
@SuppressWarnings("ArrayRecordComponent") // read by index, never compared
record LeastSquares(
    long n, double r2, double intercept, double[] coefficients, double[] standardErrors) {

  /**
   * Below this share of the greatest, the least eigenvalue of the correlations is taken for zero:
   * what is left of a coefficient then is rounding.
   */
  private static final double SINGULAR = 1e-10;

  /**
   * Works them out, or returns null when it can't be done: too few observations, a variable that
   * does not vary, or some that vary together only.
   */
  static LeastSquares of(Moments moments) {
    int k = moments.variables() - 1;
    long freedom = moments.n() - k - 1;
    if (freedom < 1) {
      return null;
    }
    double[] spread = new double[k + 1];
    for (int i = 0; i <= k; i++) {
      spread[i] = moments.crossProduct(i, i);
      if (!(spread[i] > 0)) {
        return null;
      }
    }
    // Correlations: variables of whatever size and unit weigh the same in the solution.
    DMatrixRMaj among = new DMatrixRMaj(k, k);
    DMatrixRMaj with = new DMatrixRMaj(k, 1);
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        among.set(i, j, i == j ? 1 : correlation(moments, i, j, spread));
      }
      with.set(i, 0, correlation(moments, i, k, spread));
    }
    DMatrixRMaj inverse = new DMatrixRMaj(k, k);
    if (isSingular(among) || !CommonOps_DDRM.invert(among, inverse)) {
      return null;
    }
    DMatrixRMaj weights = new DMatrixRMaj(k, 1);
    CommonOps_DDRM.mult(inverse, with, weights);
    double r2 = Math.min(1, Math.max(0, CommonOps_DDRM.dot(weights, with)));
    double variance = spread[k] * (1 - r2) / freedom;
    double intercept = moments.mean(k);
    double[] coefficients = new double[k];
    double[] errors = new double[k];
    for (int i = 0; i < k; i++) {
      coefficients[i] = weights.get(i, 0) * Math.sqrt(spread[k] / spread[i]);
      errors[i] = Math.sqrt(variance * inverse.get(i, i) / spread[i]);
      intercept -= coefficients[i] * moments.mean(i);
    }
    return new LeastSquares(moments.n(), r2, intercept, coefficients, errors);
  }

  private static double correlation(Moments moments, int i, int j, double[] spread) {
    return moments.crossProduct(i, j) / Math.sqrt(spread[i] * spread[j]);
  }

  private static boolean isSingular(DMatrixRMaj correlations) {
    int k = correlations.getNumRows();
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(k, false, true);
    if (!eigen.decompose(correlations.copy())) {
      return true;
    }
    double least = Double.MAX_VALUE;
    double greatest = 0;
    for (int i = 0; i < k; i++) {
      least = Math.min(least, eigen.getEigenvalue(i).getReal());
      greatest = Math.max(greatest, eigen.getEigenvalue(i).getReal());
    }
    return !(least > SINGULAR * greatest);
  }
}
