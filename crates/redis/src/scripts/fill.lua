-- Puts a value in place of its lease, if that lease is still there and of the current epoch.
-- KEYS: epoch, value, lease. ARGV: the lease, the value, its life in milliseconds.
-- Returns 1 if the lease was alive, else 0.
local epoch = redis.call('HGET', KEYS[1], 'id')
if not epoch or redis.call('GET', KEYS[3]) ~= ARGV[1] then
  return 0
end
local stamp = epoch .. ' '
if string.sub(ARGV[1], 1, #stamp) ~= stamp then
  return 0
end
redis.call('SET', KEYS[2], stamp .. ARGV[2], 'PX', ARGV[3])
redis.call('DEL', KEYS[3])
return 1
