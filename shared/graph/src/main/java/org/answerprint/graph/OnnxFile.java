package org.answerprint.graph;

import java.nio.ByteBuffer;
import java.util.List;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;

/** An ONNX file being written: the one place that knows the protobuf classes. */
final class OnnxFile {

  private static final int IR_VERSION = 10;
  private static final int OPSET = 23;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("answerprint");

  void addInput(NamedType input) {
    graph.addInput(value(input));
  }

  void addOutput(NamedType output) {
    graph.addOutput(value(output));
  }

  /** What is known of a value between nodes. */
  void addValue(NamedType value) {
    graph.addValueInfo(value(value));
  }

  private static ValueInfoProto value(NamedType named) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Dim dim : named.type().shape().dims()) {
      TensorShapeProto.Dimension.Builder length = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(dim.isNumber() ? length.setDimValue(dim.value()) : length.setDimParam(dim.toString()));
    }
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(named.type().element().onnx()).setShape(shape);
    return ValueInfoProto.newBuilder().setName(named.name()).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
  }

  /** A weight whose data lies elsewhere. The location is a word that no runtime is to follow: data is bound in memory. */
  void addWeight(NamedType weight) {
    StringStringEntryProto location = StringStringEntryProto.newBuilder().setKey("location").setValue("bound-when-loaded").build();
    graph.addInitializer(tensor(weight).setDataLocation(TensorProto.DataLocation.EXTERNAL).addExternalData(location));
  }

  void addConstant(NamedType constant, ByteBuffer data) {
    graph.addInitializer(tensor(constant).setRawData(ByteString.copyFrom(data.duplicate())));
  }

  private static TensorProto.Builder tensor(NamedType named) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(named.name()).setDataType(named.type().element().onnx());
    for (long length : named.type().shape().sizes()) {
      tensor.addDims(length);
    }
    return tensor;
  }

  void addNode(String name, Kernel kernel, List<String> inputs, List<String> outputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setName(name).setDomain(kernel.domain()).setOpType(kernel.name())
        .addAllInput(inputs).addAllOutput(outputs);
    kernel.attributes().values().forEach((key, value) -> node.addAttribute(attribute(key, value)));
    graph.addNode(node);
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    return switch (value) {
      case Long number -> attribute.setType(AttributeProto.AttributeType.INT).setI(number).build();
      case Float number -> attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number).build();
      case String text -> attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text)).build();
      case List<?> numbers -> {
        attribute.setType(AttributeProto.AttributeType.INTS);
        numbers.forEach(number -> attribute.addInts((Long) number));
        yield attribute.build();
      }
      default -> throw new IllegalStateException("no attribute: " + value);
    };
  }

  byte[] bytes() {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("answerprint").setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(Kernel.ONNX).setVersion(OPSET));
    if (graph.getNodeList().stream().anyMatch(node -> node.getDomain().equals(Kernel.MICROSOFT))) {
      model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(Kernel.MICROSOFT).setVersion(1));
    }
    return model.build().toByteArray();
  }
}
