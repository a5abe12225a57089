-- Starts a new epoch, unless the current one was started in this very run of the server: whatever
-- is older comes from a snapshot or another server, and may have been invalidated since.
-- KEYS: epoch. ARGV: the run of the server, a token never used before.
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then
  redis.call('HSET', KEYS[1], 'run', ARGV[1], 'id', ARGV[2])
end
return 1
