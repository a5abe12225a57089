-- Finds the value of a key, or the lease to fill it.
-- KEYS: epoch, value, lease. ARGV: a token never used before, the life of a lease in milliseconds.
-- Returns {1, value} or {0, lease}.
local epoch = redis.call('HGET', KEYS[1], 'id')
if not epoch then
  epoch = ARGV[1]
  redis.call('HSET', KEYS[1], 'id', epoch)
end
local stamp = epoch .. ' '

local value = redis.call('GET', KEYS[2])
if value and string.sub(value, 1, #stamp) == stamp then
  return {1, string.sub(value, #stamp + 1)}
end

local lease = redis.call('GET', KEYS[3])
if not lease or string.sub(lease, 1, #stamp) ~= stamp then
  lease = stamp .. ARGV[1]
end
redis.call('SET', KEYS[3], lease, 'PX', ARGV[2])
return {0, lease}
