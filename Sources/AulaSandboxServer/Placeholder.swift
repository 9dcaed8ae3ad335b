import Hummingbird
import HummingbirdTLS
import NIOHTTPTypes
import ServiceLifecycle
import SwiftASN1
import X509
