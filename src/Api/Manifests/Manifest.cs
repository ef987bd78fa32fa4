using Bulkhead.Api.Resources;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Manifests;

/// <summary>One custom resource as an author wrote it.</summary>
/// <param name="Metadata">Name, namespace, labels, annotations.</param>
/// <param name="Spec">The valid spec.</param>
/// <param name="Source">The whole document, for paths and lines: <c>Source.Find("spec")?.Find("workflow")</c>.</param>
public sealed record Manifest<TSpec>(ObjectMeta Metadata, TSpec Spec, SourceValue Source);
