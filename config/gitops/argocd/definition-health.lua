-- Health of a Workflow, Connection or Tenant for Argo CD: its condition Valid or Ready.
local status = obj.status
if status == nil or status.conditions == nil or status.observedGeneration ~= obj.metadata.generation then
  return { status = "Progressing", message = "No operator has looked at it yet." }
end
for _, condition in ipairs(status.conditions) do
  if condition.type == "Valid" or condition.type == "Ready" then
    local message = condition.message or condition.reason
    if condition.status == "True" then
      return { status = "Healthy", message = message }
    end
    if condition.status == "False" then
      return { status = "Degraded", message = message }
    end
  end
end
return { status = "Progressing", message = "No operator has looked at it yet." }
