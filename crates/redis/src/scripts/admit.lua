-- Takes one unit from every quota, or none from any when one of them has nothing left (GCRA).
-- KEYS: one for each demand, each holding the microsecond at which its quota is full again.
-- ARGV: the microsecond it is now, or '' for this server's own time; then, for each demand, the
-- burst and the interval in microseconds.
-- Returns, for each demand, what is left, how long until the quota is full, and how long until
-- there is one unit, or -1 when there is one.
local SLACK_MS = 60000

local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end

local function lifetime(microseconds)
  return string.format('%.0f', math.ceil(microseconds / 1000) + SLACK_MS)
end

local cells = {}
local is_admitted = true
for i, key in ipairs(KEYS) do
  local interval = tonumber(ARGV[2 * i + 1])
  local window = tonumber(ARGV[2 * i]) * interval
  local full_at = tonumber(redis.call('GET', key) or now)
  -- A clock that was set back must not keep anybody out for longer than the quota takes, so what
  -- is stored is brought to the present even when nothing is taken.
  if full_at > now + window then
    full_at = now + window
    redis.call('SET', key, string.format('%.0f', full_at), 'PX', lifetime(window))
  end
  full_at = math.max(full_at, now)
  local short_by = full_at + interval - now - window
  if short_by > 0 then
    is_admitted = false
  end
  cells[i] = {full_at = full_at, interval = interval, window = window, short_by = short_by}
end

local answer = {}
for i, cell in ipairs(cells) do
  if is_admitted then
    cell.full_at = cell.full_at + cell.interval
    local full_at = string.format('%.0f', cell.full_at)
    redis.call('SET', KEYS[i], full_at, 'PX', lifetime(cell.full_at - now))
  end
  local used_up = cell.full_at - now
  answer[3 * i - 2] = math.floor((cell.window - used_up) / cell.interval)
  answer[3 * i - 1] = used_up
  answer[3 * i] = cell.short_by > 0 and cell.short_by or -1
end
return answer
