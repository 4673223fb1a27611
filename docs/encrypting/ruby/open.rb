# Opens a box in base64 on standard input with the base64 key in SECRET_KEY and prints the value. For tests.
require "rbnacl"

def open_box(key, box)
  secret_key = RbNaCl::PrivateKey.new(key.unpack1("m0"))
  RbNaCl::Boxes::Sealed.from_private_key(secret_key).decrypt(box.unpack1("m0"))
end

begin
  $stdout.binmode.write(open_box(ENV.fetch("SECRET_KEY", ""), $stdin.read.strip))
rescue ArgumentError, RbNaCl::CryptoError => error
  abort "not opened: #{error.message}"
end
