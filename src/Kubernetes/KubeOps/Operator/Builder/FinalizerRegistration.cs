namespace KubeOps.Operator.Builder;

/// <summary>A finalizer of an operator, in the order of registration.</summary>
internal sealed record FinalizerRegistration(Type Entity, string Identifier);
