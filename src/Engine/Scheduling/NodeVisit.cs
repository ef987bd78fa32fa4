using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>Runs one visit of a node of a state graph, from the branch's state as it is now; the outcome is not merged yet.</summary>
internal delegate Task<NodeOutcome> NodeVisit(Branch branch, Node node);
