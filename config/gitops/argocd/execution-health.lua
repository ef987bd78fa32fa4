-- Health of a WorkflowExecution for Argo CD: its conditions, which speak of the generation that they say.
local hs = { status = "Progressing", message = "No operator has looked at it yet." }
local status = obj.status
if status == nil or status.conditions == nil or status.observedGeneration ~= obj.metadata.generation then
  return hs
end

local conditions = {}
for _, condition in ipairs(status.conditions) do
  conditions[condition.type] = condition
end
local function is(kind, value)
  return conditions[kind] ~= nil and conditions[kind].status == value
end
local function text(condition)
  local message = condition.reason or ""
  if condition.message ~= nil and condition.message ~= "" then
    message = message .. ": " .. condition.message
  end
  return message
end

-- What waits for a person, although the operator goes on trying.
local needs_help = {
  ReleaseFailed = true, ReleasePodRefused = true, ReleaseRoleChanged = true, CredentialsMissing = true, Orphaned = true,
  WorkerUnreachable = true, PodNameConflict = true, ImageUnavailable = true,
}
for _, kind in ipairs({ "ConnectionsReleased", "PodReady" }) do
  if is(kind, "False") and needs_help[conditions[kind].reason] then
    return { status = "Degraded", message = text(conditions[kind]) }
  end
end
if is("Stalled", "True") then
  return { status = "Degraded", message = text(conditions.Stalled) }
end
if status.phase == "Suspended" then
  return { status = "Suspended", message = "desiredState is Suspended." }
end
if obj.metadata.deletionTimestamp ~= nil then
  return { status = "Progressing", message = "Being deleted; its connections are released first." }
end
if is("Succeeded", "True") then
  return { status = "Healthy", message = text(conditions.Succeeded) }
end
-- Ended because Git asked for it: what was wanted is what is.
if is("Succeeded", "False") and status.phase == "Cancelled" then
  return { status = "Healthy", message = text(conditions.Succeeded) }
end
if is("Succeeded", "False") then
  return { status = "Degraded", message = text(conditions.Succeeded) }
end
if conditions.Reconciling ~= nil then
  hs.message = text(conditions.Reconciling)
end
return hs
