-- Deletes values and leases.
-- KEYS: all of them.
for _, key in ipairs(KEYS) do
  redis.call('UNLINK', key)
end
return 1
